/** What was seen of one point. `says`: what is so, in a sentence; `todo`: what to do about it. */
export type Finding = {
  name: string;
  status: 'ok' | 'to-do' | 'not-checked';
  says: string;
  todo?: string;
};

export function ok(name: string, says: string): Finding {
  return { name, status: 'ok', says };
}

export function toDo(name: string, says: string, todo: string): Finding {
  return { name, status: 'to-do', says, todo };
}

/** `todo`: what would show it. */
export function notChecked(name: string, says: string, todo?: string): Finding {
  return { name, status: 'not-checked', says, ...(todo !== undefined && { todo }) };
}
