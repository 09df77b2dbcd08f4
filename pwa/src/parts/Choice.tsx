import type { ComponentChildren } from "preact";
import { described } from "./Field";

interface GroupProps {
  id: string;
  legend: ComponentChildren;
  hint?: string | undefined;
  error?: string | undefined;
  children: ComponentChildren;
}

/** A question with its possible answers, as one fieldset. */
export const Group = ({ id, legend, hint, error, children }: GroupProps) => (
  <div class={`utrecht-form-fieldset${error ? " utrecht-form-fieldset--invalid" : ""}`}>
    <fieldset
      class="utrecht-form-fieldset__fieldset utrecht-form-fieldset--html-fieldset"
      id={id}
      tabIndex={-1}
      aria-describedby={described(id, hint, error)}
    >
      <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">
        {legend}
      </legend>
      {hint && (
        <div class="utrecht-form-field-description" id={`${id}-d`}>
          {hint}
        </div>
      )}
      {error && (
        <div class="utrecht-form-field-error-message" id={`${id}-e`}>
          {error}
        </div>
      )}
      {children}
    </fieldset>
  </div>
);

interface ChoiceProps<T extends string> extends Omit<GroupProps, "children"> {
  value: T | "" | null;
  onValue: (value: T) => void;
  options: ReadonlyArray<readonly [value: T, label: string, meta?: string]>;
  /** Side by side with icons away: for two or three short answers. */
  segment?: boolean | undefined;
}

/** Radio buttons as rows: the whole row is the label. */
export function Choice<T extends string>({
  value,
  onValue,
  options,
  segment,
  ...group
}: ChoiceProps<T>) {
  return (
    <Group {...group}>
      <div class={segment ? "segment" : "choices"}>
        {options.map(([option, label, meta]) => {
          const id = `${group.id}-${option}`;
          return (
            <div class={segment ? undefined : "choice"} key={option}>
              <input
                class={
                  segment ? undefined : "utrecht-radio-button utrecht-radio-button--html-input"
                }
                type="radio"
                name={group.id}
                id={id}
                checked={value === option}
                aria-describedby={meta && `${id}-m`}
                onChange={() => onValue(option)}
              />
              <label for={id}>{label}</label>
              {meta && (
                <span class="meta" id={`${id}-m`}>
                  {meta}
                </span>
              )}
            </div>
          );
        })}
      </div>
    </Group>
  );
}
