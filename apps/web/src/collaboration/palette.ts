/** A person's colour: one hex value for light paper, one for dark, each with contrast for text upon it. */
export interface PersonColour {
  readonly name: string;
  readonly onLight: string;
  readonly onDark: string;
}

/**
 * Ten colours that differ in lightness as well as in hue, so that they stay apart for people who do not tell red from
 * green or blue from yellow. No red: that is the rubricator's.
 */
export const palette: readonly PersonColour[] = [
  { name: "blue", onLight: "#1b4ab3", onDark: "#679ffd" },
  { name: "teal", onLight: "#048469", onDark: "#93ebd7" },
  { name: "plum", onLight: "#5b0144", onDark: "#c55d99" },
  { name: "ochre", onLight: "#976c14", onDark: "#efdd58" },
  { name: "violet", onLight: "#8663bb", onDark: "#c1bafe" },
  { name: "moss", onLight: "#1c3a00", onDark: "#828903" },
  { name: "amber", onLight: "#834d02", onDark: "#eda250" },
  { name: "ink blue", onLight: "#211a8a", onDark: "#5d7adc" },
  { name: "slate", onLight: "#505a77", onDark: "#9ca2bd" },
  { name: "umber", onLight: "#5a453e", onDark: "#bb8d73" },
];
