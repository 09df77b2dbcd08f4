import type { ComponentChildren } from "preact";

interface ButtonProps {
  kind?: "primary-action" | "secondary-action" | "subtle" | undefined;
  wide?: boolean | undefined;
  /** With an address it goes somewhere and is a link; without it does something. */
  href?: string | undefined;
  type?: "button" | "submit" | undefined;
  id?: string | undefined;
  disabled?: boolean | undefined;
  download?: string | undefined;
  children: ComponentChildren;
  onClick?: (event: Event) => void;
}

export function Button({ kind = "secondary-action", wide, href, type, ...rest }: ButtonProps) {
  const more = wide ? " wide" : "";
  return href === undefined ? (
    <button
      type={type ?? "button"}
      class={`utrecht-button utrecht-button--${kind}${more}`}
      {...rest}
    />
  ) : (
    <a
      href={href}
      class={`utrecht-button-link utrecht-button-link--html-a utrecht-button-link--${kind}${more}`}
      {...rest}
    />
  );
}

/** A link on a line of its own gets the height of a thumb. */
export const Link = ({ href, children }: { href: string; children: ComponentChildren }) => (
  <a class="utrecht-link utrecht-link--html-a tap" href={href}>
    {children}
  </a>
);
