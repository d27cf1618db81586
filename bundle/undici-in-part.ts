import type { Plugin } from 'esbuild';

/**
 * undici is two thirds browser APIs (fetch, WebSocket, caches), which `src/http.ts` does not use and which take longer to
 * load than all of the bot. These are the parts that it does use, under the names of undici's own index.
 */
const parts = {
  Pool: 'undici/lib/dispatcher/pool.js',
  buildConnector: 'undici/lib/core/connect.js',
  errors: 'undici/lib/core/errors.js',
};

export const undiciInPart: Plugin = {
  name: 'undici-in-part',
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, ({ path, importer, resolveDir }) =>
      importer.endsWith('/src/http.ts')
        ? { path, namespace: 'undici-in-part', pluginData: resolveDir }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'undici-in-part' }, ({ pluginData }) => ({
      contents: Object.entries(parts)
        .map(([name, path]) => `exports.${name} = require(${JSON.stringify(path)});`)
        .join('\n'),
      resolveDir: String(pluginData),
    }));
  },
};
