import { Icon, type IconName } from "./Icon";

export interface NavItem {
  href: string;
  text: string;
  icon?: IconName | undefined;
  /** A path of its own, for an icon only one page needs. */
  d?: string | undefined;
  count?: number | undefined;
  /** What the number means, for who does not see where it stands. */
  says?: string | undefined;
}

export const AppNav = ({ items, at }: { items: readonly NavItem[]; at: string }) => (
  <nav class="appnav" aria-label="Hoofdmenu">
    <ul>
      {items.map(({ href, text, icon, d, count, says }) => (
        <li key={href}>
          <a href={href} aria-current={href === at ? "page" : undefined}>
            {icon ? <Icon name={icon} /> : <Icon d={d ?? ""} />}
            {text}
            {!!count && (
              <>
                <span class="utrecht-badge-counter" aria-hidden="true">
                  {count > 99 ? "99+" : count}
                </span>
                <span class="vh">, {says ?? count}</span>
              </>
            )}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
