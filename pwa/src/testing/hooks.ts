/** Hooks and components without a page: what they give back is looked at, and nothing is drawn. */
import { h, isValidElement, render, type VNode } from "preact";

export interface Running<T> {
  /** What the last run gave. */
  now: T;
  /** Runs once more, as when the properties changed. */
  again: () => void;
}

export function running<T>(run: () => T): Running<T> {
  const page = {} as Element;
  const Probe = () => {
    result.now = run();
    return null;
  };
  const again = () => render(h(Probe, null), page);
  const result = { again } as Running<T>;
  again();
  return result;
}

interface Props {
  [name: string]: unknown;
  children?: unknown;
}

/** Everything in what a component would draw, the outer first. */
export function partsOf(tree: unknown): VNode<Props>[] {
  if (Array.isArray(tree)) return tree.flatMap(partsOf);
  if (!isValidElement(tree)) return [];
  const part = tree as VNode<Props>;
  return [part, ...partsOf(part.props.children)];
}

/** Calls what hangs on the first part that has such a property, with this id if there is one. */
export function fire(tree: unknown, name: string, value?: unknown, id?: string): void {
  const part = partsOf(tree).find(({ props }) => props[name] && (!id || props.id === id));
  if (!part) throw new Error(`nothing has ${name}`);
  (part.props[name] as (value: unknown) => void)(value);
}

export const submitted = { preventDefault: () => undefined } as Event;
