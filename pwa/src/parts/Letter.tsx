import type { ComponentChildren } from "preact";

/** Words somebody wrote to somebody: the only warm paper in the product. */
export const Letter = ({
  from,
  children,
}: {
  from?: ComponentChildren | undefined;
  children: ComponentChildren;
}) => (
  <div class="letter">
    <p class="voice">{children}</p>
    {from && <p class="meta">{from}</p>}
  </div>
);
