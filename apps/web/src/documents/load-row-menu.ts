/** The code of a row's menu. Called early, when a list is pointed at, it makes opening one instant. */
export function loadRowMenu() {
  return import("./RowMenu");
}
