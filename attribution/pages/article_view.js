// Draws an article from segments of plain text. Only textContent is ever set: an article's words are never HTML.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".article")
  for (const [stance, colour] of Object.entries(data.marks)) root.style.setProperty(`--mark-${stance}`, colour)
  for (const [stance, colour] of Object.entries(data.tints)) root.style.setProperty(`--tint-${stance}`, colour)

  const drawn = JSON.stringify([data.article, data.segments])
  if (root.drawn !== drawn) {
    root.drawn = drawn
    root.scrolledTo = null
    root.replaceChildren(...data.segments.map((segment) => piece(segment, data.stances)))
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
    root.scrolledTo = quote // it is in sight: it was clicked
    setTriggerValue("chosen", quote)
  }

  let first = null
  for (const mark of root.querySelectorAll("mark")) {
    const selected = mark.dataset.quote === data.selected
    mark.classList.toggle("selected", selected)
    mark.setAttribute("aria-pressed", String(selected))
    if (selected) first ??= mark
  }
  if (first && root.scrolledTo !== data.selected) {
    root.scrolledTo = data.selected
    requestAnimationFrame(() => first.scrollIntoView({ block: "center" }))
  }
}

function piece(segment, stances) {
  if (!segment.quote) return document.createTextNode(segment.text)
  const mark = document.createElement("mark")
  mark.textContent = segment.text
  mark.className = `${segment.stance} depth${segment.depth}`
  mark.dataset.quote = segment.quote
  mark.tabIndex = segment.who ? 0 : -1
  mark.setAttribute("role", "button")
  if (segment.who) {
    mark.dataset.who = segment.who // shown by the style sheet: not among the article's own characters
    mark.setAttribute("aria-label", `${segment.who}, ${stances[segment.stance] ?? "no stance"}: ${segment.text}`)
  }
  return mark
}
