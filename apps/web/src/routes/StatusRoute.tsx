import { Queries } from "../api/queries";
import { StatusPage } from "../status/StatusPage";

/** `/status`: how the server is, for whoever runs it. */
export default function StatusRoute() {
  return (
    <Queries>
      <StatusPage />
    </Queries>
  );
}
