import { Route, Router, Switch } from "wouter";
import { basePath } from "../base-path";
import { EditorFrame } from "../editor/EditorFrame";
import { CrashBoundary } from "./CrashBoundary";
import { NotFoundRoute } from "./NotFoundRoute";
import { Page } from "./Page";
import { documentsPage, editorPage, idsPage, statusPage } from "./pages";

export function App() {
  return (
    <CrashBoundary>
      <Router base={basePath.slice(0, -1)}>
        <Switch>
          <Route path="/">
            <Page code={documentsPage} props={{}} />
          </Route>
          <Route path="/d/:id">
            {({ id }) => <Page code={editorPage} props={{ id }} whileLoading={<EditorFrame />} />}
          </Route>
          <Route path="/ids">
            <Page code={idsPage} props={{}} />
          </Route>
          <Route path="/status">
            <Page code={statusPage} props={{}} />
          </Route>
          <Route>
            <NotFoundRoute />
          </Route>
        </Switch>
      </Router>
    </CrashBoundary>
  );
}
