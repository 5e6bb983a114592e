// Rings the selected quote in the pictures, over them: a figure that changed would be drawn anew, and flash.
// The pictures are drawn when plotly comes to it, and again at another width: so this looks now and then.
export default function ({ data, parentElement }) {
  clearInterval(parentElement.linking) // the one of the quote before
  const timer = setInterval(() => document.querySelectorAll(".js-plotly-plot").forEach(mark), 300)
  parentElement.linking = timer
  return () => {
    clearInterval(timer)
    document.querySelectorAll(".linked-ring").forEach((ring) => ring.remove())
  }

  function mark(plot) {
    const layout = plot._fullLayout
    const ground = plot.querySelector(".svg-container")
    if (!layout || !ground) return
    const seen = [data.quote, data.bar, layout.width, layout.height].join()
    const rings = ground.querySelectorAll(".linked-ring")
    const same = plot.linkedTo === seen && plot.linkedData === plot._fullData
    if (same && rings.length === plot.linkedRings) return // plotly may have drawn its ground anew, without them
    const found = plot._fullData.flatMap((trace, number) => boxes(plot, trace, number))
    plot.linkedTo = seen
    plot.linkedData = plot._fullData
    plot.linkedRings = found.length
    rings.forEach((ring) => ring.remove())
    for (const box of found) {
      const ring = document.createElement("div")
      ring.className = `linked-ring ${box.round ? "round" : ""}`
      ring.setAttribute("aria-hidden", "true")
      Object.assign(ring.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${box.w}px`, height: `${box.h}px` })
      ground.append(ring)
    }
  }

  function boxes(plot, trace, number) {
    const bar = trace.type === "bar"
    const wanted = bar ? data.bar : data.quote
    if (!wanted || !trace.customdata) return []
    const at = [...trace.customdata].findIndex((row) => row?.[0] === wanted)
    if (at < 0) return []
    const across = axis(plot, trace.xaxis, "x")
    const down = axis(plot, trace.yaxis, "y")
    return bar ? barBox(plot.calcdata[number][at], across, down) : [dotBox(trace, at, across, down)]
  }

  function axis(plot, name, letter) {
    return plot._fullLayout[`${letter}axis${(name ?? letter).slice(1)}`]
  }

  function dotBox(trace, at, across, down) {
    const sizes = trace.marker.size
    const reach = (typeof sizes === "number" ? sizes : sizes[at]) / 2 + 4
    const x = across._offset + across.d2p(trace.x[at])
    const y = down._offset + down.d2p(trace.y[at])
    return { x: x - reach, y: y - reach, w: 2 * reach, h: 2 * reach, round: true }
  }

  function barBox(point, across, down) {
    if (!point || !(Math.abs(point.s1 - point.s0) > 0)) return [] // a stance that this speaker has no quote of
    const [left, right] = [point.s0, point.s1].map((value) => across._offset + across.c2p(value)).sort((a, b) => a - b)
    const [top, bottom] = [point.p0, point.p1].map((value) => down._offset + down.c2p(value)).sort((a, b) => a - b)
    return [{ x: left - 3, y: top - 3, w: right - left + 6, h: bottom - top + 6 }]
  }
}
