import type { ComponentChildren } from "preact";

interface FrameProps {
  id: string;
  label: string;
  hint?: ComponentChildren | undefined;
  error?: string | undefined;
  optional?: boolean | undefined;
  children: ComponentChildren;
}

function Frame({ id, label, hint, error, optional, children }: FrameProps) {
  return (
    <div class={`utrecht-form-field${error ? " utrecht-form-field--invalid" : ""}`}>
      <div class="utrecht-form-field__label">
        <label class="utrecht-form-label" for={id}>
          {label} {optional && <span class="opt">(mag leeg blijven)</span>}
        </label>
      </div>
      {hint && (
        <div class="utrecht-form-field-description utrecht-form-field__description" id={`${id}-d`}>
          {hint}
        </div>
      )}
      {error && (
        <div
          class="utrecht-form-field-error-message utrecht-form-field__error-message"
          id={`${id}-e`}
        >
          {error}
        </div>
      )}
      <div class="utrecht-form-field__input">{children}</div>
    </div>
  );
}

/** The ids of the sentences that belong to a field, for aria-describedby. */
export const described = (id: string, hint?: unknown, error?: string) =>
  [hint && `${id}-d`, error && `${id}-e`].filter(Boolean).join(" ") || undefined;

interface FieldProps extends Omit<FrameProps, "children"> {
  value: string;
  onValue: (value: string) => void;
  /** More than one row makes it a text area. */
  rows?: number | undefined;
  type?: string | undefined;
  max?: string | undefined;
  autocomplete?: string | undefined;
}

export function Field({
  value,
  onValue,
  rows,
  type = "text",
  max,
  autocomplete = "off",
  ...frame
}: FieldProps) {
  const { id, hint, error } = frame;
  const kind = rows ? "textarea" : "textbox";
  const same = {
    class: `utrecht-${kind} utrecht-${kind}--html-${rows ? kind : "input"}`,
    id,
    value,
    "aria-describedby": described(id, hint, error),
    "aria-invalid": error ? true : undefined,
    onInput: (event: Event) => onValue((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <Frame {...frame}>
      {rows ? (
        <textarea {...same} rows={rows} />
      ) : (
        <input {...same} type={type as "text"} max={max} autocomplete={autocomplete} />
      )}
    </Frame>
  );
}

interface SelectProps extends FrameProps {
  value: string;
  onValue: (value: string) => void;
}

/** The options are the children. */
export function Select({ value, onValue, children, ...frame }: SelectProps) {
  const { id, hint, error } = frame;
  return (
    <Frame {...frame}>
      <select
        class="utrecht-select utrecht-select--html-select"
        id={id}
        value={value}
        aria-describedby={described(id, hint, error)}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {children}
      </select>
    </Frame>
  );
}
