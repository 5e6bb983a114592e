// Draws an article from segments of plain text. Only textContent is ever set: an article's words are never HTML.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".article")
  for (const [style, colour] of Object.entries(data.marks)) root.style.setProperty(`--mark-${style}`, colour)
  for (const [style, colour] of Object.entries(data.tints)) root.style.setProperty(`--tint-${style}`, colour)
  if (data.pane) {
    root.classList.add("pane")
    root.tabIndex = 0 // so that its keys scroll it
    root.setAttribute("aria-label", data.pane)
  }

  const drawn = JSON.stringify([data.article, data.segments])
  if (root.drawn !== drawn) {
    root.drawn = drawn
    root.scrolledTo = undefined
    root.replaceChildren(...data.segments.map((segment) => piece(segment, data.styles)))
  }
  root.onclick = (event) => choose(event.target)
  root.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    choose(event.target)
  }

  function choose(element) {
    const quote = element.closest?.("mark")?.dataset.quote
    if (!quote) return
    root.clicked = quote
    setTriggerValue("chosen", quote)
  }

  let first = root.querySelector("mark.found")
  for (const mark of root.querySelectorAll("mark")) {
    const selected = mark.dataset.quote === data.selected
    mark.classList.toggle("selected", selected)
    mark.setAttribute("aria-pressed", String(selected))
    if (selected) first ??= mark
  }
  const clicked = data.selected && root.clicked === data.selected // it is in sight already
  if (first && !clicked && root.scrolledTo !== data.selected) requestAnimationFrame(() => centre(first, data.pane && root))
  root.scrolledTo = data.selected
  if (!clicked) return
  root.clicked = null
  // The page draws the card after this.
  if (data.card) setTimeout(() => document.querySelector(`.${data.card}`)?.scrollIntoView({ behavior: "smooth" }), 200)
}

function centre(mark, pane) {
  if (!pane) return mark.scrollIntoView({ block: "center" })
  const [here, there] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()]
  pane.scrollTop += here.top - there.top - (pane.clientHeight - here.height) / 2
}

function piece(segment, styles) {
  if (!segment.quote && !segment.found) return document.createTextNode(segment.text)
  const mark = document.createElement("mark")
  mark.textContent = segment.text
  if (segment.found) mark.classList.add("found")
  if (!segment.quote) return mark
  mark.classList.add(segment.style, `depth${segment.depth}`)
  mark.dataset.quote = segment.quote
  mark.tabIndex = segment.label ? 0 : -1
  mark.setAttribute("role", "button")
  if (segment.label) {
    mark.dataset.who = segment.label // shown by the style sheet: not among the article's own characters
    mark.setAttribute("aria-label", `${segment.label}, ${styles[segment.style] ?? "no stance"}: ${segment.text}`)
  }
  return mark
}
