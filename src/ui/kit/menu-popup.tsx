"use client";

import { Menu } from "@base-ui/react/menu";
import Check from "lucide-react/icons/check";
import { useMemo } from "react";
import type { MenuItem, MenuPlace, MenuPopupProps, QuickItem } from "./menu.tsx";
import { useWentOn } from "./went-on.ts";

/** What an open menu is made of. On a phone the same menu lies at the bottom of the screen: kit/floating.css. */
export function MenuPopup({ id, label, place, isOpen, onClose, items, quick, about }: MenuPopupProps) {
  const anchor = useMemo(() => anchorAt(place), [place]);
  const finalFocus = useWentOn(isOpen, () => (place instanceof HTMLElement ? place : true));
  return (
    <Menu.Root open={isOpen} onOpenChange={(isNowOpen) => isNowOpen || onClose()}>
      {/* A landmark, because a menu outside all of them is where some screen readers do not look. */}
      <Menu.Portal render={<section aria-label={label} />}>
        <Menu.Backdrop className="sheet-scrim" />
        <Menu.Positioner
          className="floating"
          anchor={anchor}
          align={place instanceof Element ? "end" : "start"}
          sideOffset={4}
          collisionPadding={8}
        >
          <Menu.Popup id={id} className="menu" aria-label={label} finalFocus={finalFocus}>
            {about && <div className="note">{about}</div>}
            {quick && quick.length > 0 && <Quick items={quick} />}
            <Items items={items} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** One after another; choices of which one is on are a group of their own. */
function Items({ items }: Pick<MenuPopupProps, "items">) {
  const choices = items.filter((item) => item !== "line" && item.isOneOf) as MenuItem[];
  return items.map((item, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
    if (item === "line") return <Menu.Separator key={index} className="menu-line" />;
    if (!item.isOneOf) return <Item key={item.label} item={item} />;
    if (item !== choices[0]) return null;
    return (
      <Menu.RadioGroup key={item.label} value={choices.find(({ isOn }) => isOn)?.label}>
        {choices.map((choice) => (
          <Item key={choice.label} item={choice} />
        ))}
      </Menu.RadioGroup>
    );
  });
}

function Item({ item }: { item: MenuItem }) {
  const { label, icon: Icon, detail, keys, isGrave, isDisabled = false, isOn, isOneOf, onSelect } = item;
  const content = (
    <>
      {Icon && <Icon className="i" />}
      <span className="label">
        {label}
        {detail && <small>{detail}</small>}
      </span>
      {keys && <kbd>{keys}</kbd>}
      {isOn && <Check className="i" />}
    </>
  );
  const props = { className: isGrave ? "option grave" : "option", disabled: isDisabled, label, onClick: onSelect };
  if (isOn === undefined) return <Menu.Item {...props}>{content}</Menu.Item>;
  if (isOneOf)
    return (
      <Menu.RadioItem {...props} value={label} closeOnClick>
        {content}
      </Menu.RadioItem>
    );
  return (
    <Menu.CheckboxItem {...props} checked={isOn} closeOnClick>
      {content}
    </Menu.CheckboxItem>
  );
}

function Quick({ items }: { items: readonly QuickItem[] }) {
  return (
    <Menu.Group className="quick">
      {items.map(({ label, face, isOn = false, onSelect }) => (
        <Menu.CheckboxItem
          key={label}
          className="quick-item"
          aria-label={label}
          checked={isOn}
          closeOnClick
          onClick={onSelect}
        >
          {face}
        </Menu.CheckboxItem>
      ))}
    </Menu.Group>
  );
}

function anchorAt(place: MenuPlace): Element | { getBoundingClientRect: () => DOMRect } {
  return place instanceof Element ? place : { getBoundingClientRect: () => new DOMRect(place.x, place.y, 0, 0) };
}
