import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { Mark } from "./Dots";
import { Icon } from "./Icon";
import { arrive } from "./places";

interface PageProps {
  /** For the title of the window and the history. */
  title: string;
  /** Above the main part, such as the brand. */
  header?: ComponentChildren | undefined;
  /** Dock or menu: below, in reach of the thumb. */
  foot?: ComponentChildren | undefined;
  stack?: boolean | undefined;
  children: ComponentChildren;
}

/** One screen: it sets the title, moves focus to its h1 and comes back to where somebody was. */
export function Page({ title, header, foot, stack, children }: PageProps) {
  useLayoutEffect(() => arrive(title), [title]);
  return (
    <>
      {header}
      <main class={stack ? "main stack stack--3" : "main"} id="inhoud" tabIndex={-1}>
        {children}
      </main>
      {foot}
    </>
  );
}

export const Title = ({
  children,
  hidden,
}: {
  children: ComponentChildren;
  hidden?: boolean | undefined;
}) => (
  <h1 class={hidden ? "vh" : "utrecht-heading-1"} tabIndex={-1}>
    {children}
  </h1>
);

export const Heading = ({
  children,
  id,
}: {
  children: ComponentChildren;
  id?: string | undefined;
}) => (
  <h2 class="utrecht-heading-2 group-title" id={id} tabIndex={id ? -1 : undefined}>
    {children}
  </h2>
);

interface CrumbProps {
  href: string;
  text: string;
  /** At the other end of the line. */
  children?: ComponentChildren | undefined;
}

/** The way back, always at the same place. */
export const Crumb = ({ href, text, children }: CrumbProps) => (
  <nav class="crumb" aria-label="Terug">
    <a class="back" href={href}>
      <Icon name="back" />
      {text}
    </a>
    {children}
  </nav>
);

/** The head of a screen that stands in the menu. */
export const Top = ({ children }: { children: ComponentChildren }) => (
  <header class="top">
    <Mark />
    <Title>{children}</Title>
  </header>
);
