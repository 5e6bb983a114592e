// Has the page drawn anew once there is more of it, in a moment in which nobody clicks, types or chooses. The
// server could do so by itself, but a page chosen from the menu while it does is lost, and an open list closes.
const QUIET = 700 // milliseconds since the last touch
const PATIENCE = 4000 // until it is asked for again

export default function ({ parentElement, setTriggerValue }) {
  parentElement.rest?.()
  let touched = parentElement.touched ?? -QUIET
  let asked = -PATIENCE
  const touch = () => (touched = parentElement.touched = performance.now())
  const timer = setInterval(look, 150)
  for (const kind of KINDS) addEventListener(kind, touch, true)
  parentElement.rest = () => {
    clearInterval(timer)
    for (const kind of KINDS) removeEventListener(kind, touch, true)
  }
  return parentElement.rest

  function look() {
    const now = performance.now()
    if (!document.querySelector(".there-is-more")) return (asked = -PATIENCE)
    if (now - touched < QUIET || now - asked < PATIENCE || document.querySelector(OPEN)) return
    asked = now
    setTriggerValue("more", now)
  }
}

const KINDS = ["pointerdown", "pointerup", "keydown"]
const OPEN = "[role=listbox], .gdg-input" // a list, or a cell in which somebody types
