/** Whether the keyboard has Cmd and Option. As CodeMirror tells it, whose keys these are. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
