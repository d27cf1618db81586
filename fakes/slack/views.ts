import { randomBytes } from 'node:crypto';
import { withIds } from './block-kit.ts';
import { type InputValues, valuesFor } from './input-values.ts';
import { inputsOf, keyOf } from './inputs.ts';
import { asList, type Json } from './json.ts';
import type { Search } from './types.ts';

/** A modal that is open in one person's client. */
export type View = {
  readonly id: string;
  readonly userId: string;
  readonly rootViewId: string;
  readonly previousViewId: string | null;
  hash: string;
  /** The view as the app sent it, ids filled in. */
  content: Json;
  values: InputValues;
  /** Options that the app offered to an external select, by the input's key. */
  offered: Map<string, Json[]>;
  search: Search | undefined;
  errors: Record<string, string>;
  submitting: boolean;
  notice: string | undefined;
};

export type Views = {
  /** Opens a first modal. One that was open gives way to it. [inferred] */
  open(userId: string, content: Json): View;
  /** Slack: up to three views lie on one another. [doc] `undefined` when there is no room. */
  push(onto: View, content: Json): View | undefined;
  /** New content, new hash; typed values stay where their input stays. */
  update(view: View, content: Json): void;
  close(view: View): void;
  closeAll(userId: string): void;
  find(matches: (view: View) => boolean): View | undefined;
  /** The view a person sees. */
  top(userId: string): View | undefined;
  isOpen(view: View): boolean;
};

const STACK_LIMIT = 3;

/** What was found for an input that went away goes with it. */
function forgetSearches(view: View): void {
  const there = new Set(inputsOf(asList(view.content.blocks)).map(keyOf));
  for (const key of view.offered.keys()) if (!there.has(key)) view.offered.delete(key);
  if (view.search && !there.has(keyOf(view.search))) view.search = undefined;
}

export function createViews({ now, announce }: { now: () => number; announce: () => void }): Views {
  const stacks = new Map<string, View[]>();
  const stackOf = (userId: string) => stacks.get(userId) ?? [];
  let count = 0;

  // Slack: a hash looks like "156772938.1827394". [doc]
  const newHash = () => `${Math.floor(now() / 1000)}.${randomBytes(4).toString('hex')}`;
  const filled = (content: Json): Json => ({ ...content, blocks: withIds(asList(content.blocks)) });

  const create = (userId: string, below: View[], sent: Json): View => {
    count += 1;
    const id = `V0${String(count).padStart(8, '0')}`;
    const content = filled(sent);
    const view: View = {
      id,
      userId,
      rootViewId: below[0]?.id ?? id,
      previousViewId: below.at(-1)?.id ?? null,
      hash: newHash(),
      content,
      values: valuesFor(asList(content.blocks)),
      offered: new Map(),
      search: undefined,
      errors: {},
      submitting: false,
      notice: undefined,
    };
    stacks.set(userId, [...below, view]);
    announce();
    return view;
  };

  return {
    open: (userId, content) => create(userId, [], content),
    push: (onto, content) => {
      const stack = stackOf(onto.userId);
      return stack.length < STACK_LIMIT ? create(onto.userId, stack, content) : undefined;
    },
    update: (view, content) => {
      view.content = filled(content);
      view.hash = newHash();
      view.values = valuesFor(asList(view.content.blocks), view.values);
      const errors = Object.entries(view.errors).filter(([blockId]) => blockId in view.values);
      view.errors = Object.fromEntries(errors);
      forgetSearches(view);
      announce();
    },
    close: (view) => {
      stacks.set(
        view.userId,
        stackOf(view.userId).filter((other) => other !== view),
      );
      announce();
    },
    closeAll: (userId) => {
      stacks.delete(userId);
      announce();
    },
    find: (matches) => [...stacks.values()].flat().find(matches),
    top: (userId) => stackOf(userId).at(-1),
    isOpen: (view) => stackOf(view.userId).includes(view),
  };
}
