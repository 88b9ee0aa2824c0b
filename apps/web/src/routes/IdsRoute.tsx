import { Queries } from "../api/queries";
import { IdsPage } from "../ids/IdsPage";

/** `/ids`: what is in an ID. */
export default function IdsRoute() {
  return (
    <Queries>
      <IdsPage />
    </Queries>
  );
}
