import type { Plugin } from 'esbuild';

/**
 * What Bolt loads at its start and this bot uses late or never. In the bundle each is loaded when something of it is first
 * used. Nothing may be taken from them while a module is loaded: not a base class, not a list of names.
 */
const lazyModules = {
  express: 'of a receiver that is not used',
  '@slack/oauth': 'for apps that are installed in many workspaces',
  '@slack/socket-mode': 'in HTTP mode',
  'raw-body': 'of a receiver that is not used',
};

const bolt = /node_modules\/@slack\/bolt\//;
const names = Object.keys(lazyModules).map((name) => name.replace('/', '\\/'));

/** Puts a stand-in in place of each, which becomes the module when it is used. */
export const loadLazily: Plugin = {
  name: 'load-lazily',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(?:${names.join('|')})$`) }, ({ path, importer, resolveDir }) =>
      bolt.test(importer) ? { path, namespace: 'lazy', pluginData: resolveDir } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path, pluginData }) => ({
      contents: standInFor(path),
      resolveDir: String(pluginData),
    }));
  },
};

/** TypeScript's own helpers look for `__esModule` while modules are loaded: that is no use. */
function standInFor(path: string): string {
  return `
    let real;
    const load = () => real ??= require(${JSON.stringify(path)});
    module.exports = new Proxy({}, {
      get: (_target, name) => name === '__esModule' ? undefined : load()[name],
    });`;
}
