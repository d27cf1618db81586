import { checkMessageBlocks, checkView } from './block-kit.ts';
import { isJson, type Json } from './json.ts';
import { type Method, refuse } from './web-api.ts';

/** A finding reads `text [json-pointer:/…]`; here both parts are told apart. [doc] */
function errorOf(finding: string): Json {
  const [, message = finding, pointer = ''] = /^(.*) \[json-pointer:(.*)\]$/s.exec(finding) ?? [];
  return { message, pointer };
}

/** Looks at Block Kit without showing it to anybody. Slack: needs no scope, and lists no token. [doc] */
export function blockMethods(): Record<string, Method> {
  return {
    'blocks.validate': {
      token: 'none',
      run: ({ blocks, view, message }) => {
        const given = [blocks, view, message].filter((part) => part !== undefined);
        if (given.length !== 1) {
          const messages = ['must provide exactly one of `blocks`, `view`, or `message`'];
          return refuse('invalid_arguments', { response_metadata: { messages } });
        }
        const findings =
          view === undefined
            ? checkMessageBlocks(isJson(message) ? message.blocks : blocks)
            : checkView(view);
        return findings.length === 0
          ? { ok: true }
          : refuse('invalid_blocks', { errors: findings.map(errorOf) });
      },
    },
  };
}
