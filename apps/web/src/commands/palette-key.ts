/** Whether a key asks for the palette, where no text with a keymap is open. With Caps Lock, too. */
export function isPaletteKey(event: KeyboardEvent, mac: boolean): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const isMod = mac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  return isMod && !altKey && event.key.toLowerCase() === (shiftKey ? "p" : "k");
}
