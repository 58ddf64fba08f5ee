/** The address that a file has after the build. */
declare module '*?url' {
  const url: string
  // biome-ignore lint/style/noDefaultExport: this is how Vite gives it
  export default url
}
