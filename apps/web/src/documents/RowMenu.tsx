import { Copy, ExternalLink, Link2, PenLine, Star, Tag, Trash2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { Menu, MenuItem, MenuSeparator } from "../ui/Menu";
import { menuItemLook } from "../ui/menu-item-look";
import { strings } from "../ui/strings";

export interface RowMenuProps {
  readonly trigger: ReactElement;
  readonly href: string;
  readonly isStarred: boolean;
  readonly onStar: () => void;
  readonly onRename: () => void;
  readonly onTags: () => void;
  readonly onCopyLink: () => void;
  readonly onDuplicate: () => void;
  readonly onTrash: () => void;
}

/** What else can be done to a document. Loaded when a list is first pointed at. */
export default function RowMenu(props: RowMenuProps) {
  const { trigger, href, isStarred, onStar, onRename, onTags, onCopyLink, onDuplicate, onTrash } = props;
  const texts = strings.documents.menu;
  return (
    <Menu trigger={trigger}>
      <DropdownMenu.Item className={menuItemLook} asChild>
        <a href={href} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden size={16} strokeWidth={1.75} />
          {texts.newTab}
        </a>
      </DropdownMenu.Item>
      <MenuItem icon={Link2} onSelect={onCopyLink}>
        {texts.copyLink}
      </MenuItem>
      <MenuItem icon={Star} onSelect={onStar}>
        {isStarred ? texts.unstar : texts.star}
      </MenuItem>
      <MenuItem icon={PenLine} onSelect={onRename} movesFocus>
        {texts.rename}
      </MenuItem>
      <MenuItem icon={Tag} onSelect={onTags} movesFocus>
        {strings.tags.edit}
      </MenuItem>
      <MenuItem icon={Copy} onSelect={onDuplicate}>
        {texts.duplicate}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} onSelect={onTrash} movesFocus>
        {texts.trash}
      </MenuItem>
    </Menu>
  );
}
