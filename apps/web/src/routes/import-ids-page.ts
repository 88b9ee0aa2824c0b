/** The code of the page about IDs. */
export const importIdsPage = () => import("./IdsRoute");
