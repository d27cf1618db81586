import { isJson, type Json } from './json.ts';

/** Takes a finding and where it is. Slack reports it as `[ERROR] <text> [json-pointer:<pointer>]`. */
export type Report = (text: string, pointer: string) => void;

/** Looks at a value and reports what Slack would refuse. */
export type Check = (value: unknown, pointer: string, report: Report) => void;

/** What a check reports, as Slack writes it after `[ERROR] `. */
export function findingsOf(check: (report: Report) => void): string[] {
  const found: string[] = [];
  check((text, pointer) => found.push(`${text} [json-pointer:${pointer}]`));
  return found;
}

export type Required = { required: Check };

/** Marks a key that must be there. */
export const required = (check: Check): Required => ({ required: check });

/** For what this stand-in does not look into. */
export const anything: Check = () => undefined;

export function string({ min = 1, max }: { min?: number; max: number }): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string') return report('must provide a string', pointer);
    // Slack: "must be more than 0 characters". [thread]
    if (value.length < min) report(`must be more than ${min - 1} characters`, pointer);
    // Slack: "must be less than 3001 characters". [doc] UTF-16 units: how Slack counts emoji is not known.
    if (value.length > max) report(`must be less than ${max + 1} characters`, pointer);
  };
}

export const boolean: Check = (value, pointer, report) => {
  // A form field may carry it as text, but inside JSON it is a boolean. [inferred]
  if (typeof value !== 'boolean') report('must provide a boolean', pointer);
};

export function integer({ min, max }: { min: number; max: number }): Check {
  return (value, pointer, report) => {
    // [inferred] texts
    if (!Number.isInteger(value)) return report('must provide an integer', pointer);
    if ((value as number) < min) report(`must be greater than ${min - 1}`, pointer);
    if ((value as number) > max) report(`must be less than ${max + 1}`, pointer);
  };
}

export function oneOf(...allowed: string[]): Check {
  return (value, pointer, report) => {
    if (!allowed.includes(value as string)) report('must be a valid enum value', pointer); // [inferred] text
  };
}

export function list(item: Check, { min = 1, max }: { min?: number; max: number }): Check {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) return report('must provide an array', pointer);
    if (value.length < min) report(`must provide at least ${min} items`, pointer); // [thread]
    if (value.length > max) report(`no more than ${max} items allowed`, pointer); // [doc]
    value.forEach((entry, index) => {
      item(entry, `${pointer}/${index}`, report);
    });
  };
}

export function object(shape: Record<string, Check | Required>): Check {
  return (value, pointer, report) => {
    if (!isJson(value)) return report('must provide an object', pointer); // [thread]
    for (const [key, rule] of Object.entries(shape)) {
      const check = typeof rule === 'function' ? rule : rule.required;
      if (value[key] !== undefined && value[key] !== null) check(value[key], `${pointer}/${key}`, report);
      else if (typeof rule !== 'function') report(`missing required field: ${key}`, pointer); // [thread]
    }
    for (const key of Object.keys(value)) {
      if (!(key in shape)) report(`invalid additional property: ${key}`, pointer); // [thread]
    }
  };
}

/** Chooses the check by the value's `type`. */
export function byType(checks: Record<string, Check>): Check {
  return (value, pointer, report) => {
    if (!isJson(value)) return report('must provide an object', pointer);
    if (value.type === undefined) return report('missing required field: type', pointer);
    const check = Object.hasOwn(checks, String(value.type)) ? checks[String(value.type)] : undefined;
    if (!check) return report(`unsupported type: ${value.type}`, `${pointer}/type`); // [doc]
    check(value, pointer, report);
  };
}

/** Both: a shape, and rules between its keys. */
export function both(first: Check, rules: (value: Json, pointer: string, report: Report) => void): Check {
  return (value, pointer, report) => {
    first(value, pointer, report);
    if (isJson(value)) rules(value, pointer, report);
  };
}

/** For types that Slack has and this stand-in passes on without looking into them. */
export const notLookedInto: Check = (value, pointer, report) => {
  if (!isJson(value)) report('must provide an object', pointer);
};
