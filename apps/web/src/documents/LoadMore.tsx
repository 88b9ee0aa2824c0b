import { Button } from "../ui/Button";
import { strings } from "../ui/strings";

interface LoadMoreProps {
  readonly isLoading: boolean;
  readonly onLoad: () => void;
}

export function LoadMore({ isLoading, onLoad }: LoadMoreProps) {
  return (
    <Button className="mt-6 min-w-32 self-center" disabled={isLoading} onClick={onLoad}>
      {isLoading ? strings.documents.loadingMore : strings.documents.loadMore}
    </Button>
  );
}
