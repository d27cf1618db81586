import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { AppWords, Locale } from './world.ts';

const manifest = z.object({
  features: z.object({
    bot_user: z.object({ display_name: z.string() }),
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

const files: Record<Locale, string> = { en: '../manifest.yml', 'pt-BR': '../manifest.pt-BR.yml' };

export type Manifest = AppWords & { botScopes: string[] };

/** The app as it would be installed: a scope that is missing in the manifest is missing in the demo too. */
export async function readManifest(locale: Locale): Promise<Manifest> {
  const text = await readFile(new URL(files[locale], import.meta.url), 'utf8');
  const { features, oauth_config } = manifest.parse(parse(text));
  return {
    botName: features.bot_user.display_name,
    botScopes: oauth_config.scopes.bot,
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
  };
}
