// Notes in this browser that the first steps have been read.
export default function ({ data }) {
  document.cookie = `${data}=seen; path=/; max-age=31536000; SameSite=Strict`
}
