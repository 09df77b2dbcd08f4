import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./Icon";

/** What is still missing: field id and sentence, in the order of the form. */
export type Faults = ReadonlyArray<readonly [id: string, text: string]>;

/** Gets focus each time somebody tries to go on (`round`), never while they are typing. */
export function ErrorSummary({ faults, round }: { faults: Faults; round: number }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (round) heading.current?.focus();
  }, [round]);
  if (!faults.length) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would claim that these links are fields.
    <div
      class="utrecht-alert utrecht-alert--error summary-of-errors"
      role="group"
      aria-labelledby="fouten"
    >
      <div class="utrecht-alert__icon">
        <Icon name="alert" />
      </div>
      <div class="utrecht-alert__content">
        <div class="utrecht-alert__message errors">
          <h2 class="utrecht-heading-2" tabIndex={-1} id="fouten" ref={heading}>
            Kijk nog even naar {faults.length === 1 ? "1 ding" : `${faults.length} dingen`}
          </h2>
          <ul class="plain">
            {faults.map(([id, text]) => (
              <li key={id}>
                <a class="tap" href={`#${id}`}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
