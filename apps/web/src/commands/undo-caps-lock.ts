/**
 * With Caps Lock, Shift makes small letters of capital ones: CodeMirror, which goes by the letter alone, would take
 * Ctrl+Shift+P for Ctrl+P. Has `event` name the letter that the keys mean without it. Called before anybody reads it.
 */
export function undoCapsLock(event: KeyboardEvent): void {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  const capital = key.toUpperCase();
  // Dead keys and names of keys have more than one letter; letters alone have a capital.
  if (key.length !== 1 || capital === key || capital.length !== 1) return;
  if (shiftKey && (ctrlKey || metaKey || altKey)) Object.defineProperty(event, "key", { value: capital });
}
