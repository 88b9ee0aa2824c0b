import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { EditorFrame } from "../editor/EditorFrame";
import { CrashBoundary } from "./CrashBoundary";
import { DocumentsRoute } from "./DocumentsRoute";
import { loadEditorRouteOrRestart } from "./load-editor-route";
import { NotFoundRoute } from "./NotFoundRoute";

const EditorRoute = lazy(loadEditorRouteOrRestart);

export function App() {
  return (
    <CrashBoundary>
      <Switch>
        <Route path="/">
          <DocumentsRoute />
        </Route>
        <Route path="/d/:id">
          {({ id }) => (
            <Suspense fallback={<EditorFrame />}>
              <EditorRoute id={id} />
            </Suspense>
          )}
        </Route>
        <Route>
          <NotFoundRoute />
        </Route>
      </Switch>
    </CrashBoundary>
  );
}
