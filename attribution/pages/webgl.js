// Whether this browser can draw by WebGL: told once, and only where it cannot.
export default function ({ setStateValue }) {
  const canvas = document.createElement("canvas")
  const context = canvas.getContext("webgl", { failIfMajorPerformanceCaveat: false })
  if (!context) setStateValue("missing", true)
  context?.getExtension("WEBGL_lose_context")?.loseContext()
}
