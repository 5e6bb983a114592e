// Only textContent and value are ever set: what is copied is an article's words, never HTML.
export default function ({ data, parentElement }) {
  const row = parentElement.querySelector(".row")
  const told = parentElement.querySelector("p")
  const wanted = JSON.stringify(data)
  if (row.made === wanted) return
  row.made = wanted
  told.replaceChildren()
  const buttons = Object.entries(data.texts).map(([label, text]) => button(label, () => text))
  // The address is read at the click: it may change after the card was drawn.
  if (data.link) buttons.push(button(data.link, () => window.location.href))
  row.replaceChildren(...buttons)

  function button(label, text) {
    const element = document.createElement("button")
    element.type = "button"
    element.textContent = label
    element.onclick = async () => {
      const done = await copied(text())
      told.replaceChildren()
      if (done) {
        told.textContent = `Copied: ${label.replace(/^Copy /, "")}`
        element.classList.add("done")
        clearTimeout(row.timer)
        row.timer = setTimeout(() => {
          element.classList.remove("done")
          told.textContent = ""
        }, 4000)
      } else offer(text())
    }
    return element
  }

  // A page from another machine without https has no clipboard of its own: the older way still works there.
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      const field = document.createElement("textarea")
      field.value = text
      field.style.position = "fixed"
      field.style.opacity = "0"
      document.body.append(field)
      const before = parentElement.activeElement ?? document.activeElement
      field.select()
      const done = document.execCommand("copy")
      field.remove()
      before?.focus?.()
      return done
    }
  }

  function offer(text) {
    const field = document.createElement("textarea")
    field.readOnly = true
    field.value = text
    field.setAttribute("aria-label", "The text to copy")
    told.append("This browser does not let the page copy. Copy it from here with Ctrl+C:", field)
    field.select()
  }
}
