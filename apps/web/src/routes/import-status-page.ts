/** The code of the operator's page. */
export const importStatusPage = () => import("./StatusRoute");
