import { Copy, Ellipsis, ExternalLink, Link2, type LucideIcon, PenLine, Star, Trash2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "../ui/IconButton";
import { strings } from "../ui/strings";
import { menuItemLook } from "./menu-item-look";

export interface RowMenuProps {
  readonly label: string;
  readonly href: string;
  readonly isStarred: boolean;
  readonly onStar: () => void;
  readonly onRename: () => void;
  readonly onCopyLink: () => void;
  readonly onDuplicate: () => void;
  readonly onTrash: () => void;
}

/** What else can be done to a document. Loaded when a list is first pointed at; open from the start. */
export default function RowMenu(props: RowMenuProps) {
  const { label, href, isStarred, onStar, onRename, onCopyLink, onDuplicate, onTrash } = props;
  const texts = strings.documents.menu;
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>
        <IconButton label={label}>
          <Ellipsis aria-hidden size={18} strokeWidth={1.75} />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="float-panel z-50 min-w-52 p-1.5"
        >
          <DropdownMenu.Item className={menuItemLook} asChild>
            <a href={href} target="_blank" rel="noreferrer">
              <Icon of={ExternalLink} />
              {texts.newTab}
            </a>
          </DropdownMenu.Item>
          <Item icon={Link2} onSelect={onCopyLink}>
            {texts.copyLink}
          </Item>
          <Item icon={Star} onSelect={onStar}>
            {isStarred ? texts.unstar : texts.star}
          </Item>
          <DropdownMenu.Item
            className={menuItemLook}
            // The field takes the focus once the menu has given it back.
            onSelect={() => setTimeout(onRename)}
          >
            <Icon of={PenLine} />
            {texts.rename}
          </DropdownMenu.Item>
          <Item icon={Copy} onSelect={onDuplicate}>
            {texts.duplicate}
          </Item>
          <DropdownMenu.Separator className="my-1.5 border-line border-t" />
          <Item icon={Trash2} onSelect={onTrash}>
            {texts.trash}
          </Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  readonly icon: LucideIcon;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function Item({ icon, onSelect, children }: ItemProps) {
  return (
    <DropdownMenu.Item className={menuItemLook} onSelect={onSelect}>
      <Icon of={icon} />
      {children}
    </DropdownMenu.Item>
  );
}

function Icon({ of: Shape }: { readonly of: ItemProps["icon"] }) {
  return <Shape aria-hidden size={16} strokeWidth={1.75} />;
}
