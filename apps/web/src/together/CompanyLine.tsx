import { Avatar } from "../collaboration/Avatar";
import { strings } from "../ui/strings";
import { useObservable } from "../ui/useObservable";
import type { Company } from "./company";

const look =
  "flex min-w-0 items-center gap-2 rounded-control px-2 transition-colors duration-150 hover:bg-hover hover:text-ink focus-visible:-outline-offset-2";

/** What there is to say of the others, in the quiet line below the text: whom one follows, or who edited elsewhere. */
export function CompanyLine({ company }: { readonly company: Company }) {
  const followed = useObservable(company.followed);
  const farEdit = useObservable(company.farEdit);
  return (
    <div className="mr-auto flex min-w-0 items-stretch">
      {followed?.hasLeft && (
        <p className="flex min-w-0 items-center px-2">
          <span className="truncate">{strings.together.hasLeft(followed.name)}</span>
        </p>
      )}
      {followed?.hasLeft === false && (
        <>
          <p className="flex min-w-0 items-center gap-2 px-2 text-ink">
            <Avatar person={followed} className="size-5! text-[0.5625rem]!" />
            <span className="truncate">{strings.together.following(followed.name)}</span>
          </p>
          <button type="button" className={`${look} font-medium`} onClick={() => company.stopFollowing()}>
            {strings.together.stop}
          </button>
        </>
      )}
      {followed === undefined && farEdit !== undefined && (
        <button
          type="button"
          title={strings.together.outOfView}
          className={look}
          onClick={() => company.goToFarEdit()}
        >
          <span className="truncate">
            {farEdit.name === undefined
              ? strings.together.justEditedByAny
              : strings.together.justEdited(farEdit.name)}
          </span>
        </button>
      )}
    </div>
  );
}
