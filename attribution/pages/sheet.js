// Puts the briefing's sheet on the page. It is read as XML, where an article's words can be nothing but words.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".sheet")
  if (root.drawn === data.svg) return
  root.drawn = data.svg
  const sheet = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement
  root.classList.toggle("alone", Boolean(data.alone))
  root.style.setProperty("--wide", data.width)
  root.style.setProperty("--high", data.height)
  root.replaceChildren(document.importNode(sheet, true))
}
