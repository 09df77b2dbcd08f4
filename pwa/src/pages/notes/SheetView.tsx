import "./sheet.css";
import type { Sheet, SheetSection } from "./notes";

/** A sheet of paper as it reads on a screen: the same words, one below the other. */
export function SheetView({ sheet, level = 2 }: { sheet: Sheet; level?: 2 | 3 }) {
  const Title: "h2" | "h3" = level === 2 ? "h2" : "h3";
  const Part: "h3" | "h4" = level === 2 ? "h3" : "h4";
  return (
    <article class="letter sheet">
      <p class="meta">{sheet.to}</p>
      <Title class="utrecht-heading-2 voice">{sheet.title}</Title>
      {sheet.opening.map((said) => (
        <p key={said}>{said}</p>
      ))}
      {[...sheet.figures, ...sheet.sections].map((section) => (
        <section key={section.title}>
          <Part class="sheet__title">{section.title}</Part>
          <Told section={section} />
        </section>
      ))}
      {sheet.closing.map((said) => (
        <p key={said} class="meta">
          {said}
        </p>
      ))}
      {sheet.signed && <p>{sheet.signed}</p>}
    </article>
  );
}

const Told = ({ section }: { section: SheetSection }) => (
  <>
    {section.said.map((said) => (
      <p key={said} class="sheet__said">
        {said}
      </p>
    ))}
    {section.lines.length > 0 && (
      <dl class="sheet__lines">
        {section.lines.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    )}
  </>
);
