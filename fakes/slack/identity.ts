import { randomBytes } from 'node:crypto';

/** Who the app is in this Slack, and its secrets. */
export type Identity = {
  appId: string;
  botId: string;
  botUserId: string;
  botName: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  verificationToken: string;
};

/** Ids are the same on each start; secrets differ, so a test can search its output for them. */
export function createIdentity(): Identity {
  const secret = () => randomBytes(12).toString('hex');
  return {
    appId: 'A0FAKEAPP',
    botId: 'B0FAKEBOT',
    botUserId: 'U0FAKEBOT',
    botName: 'lastseen',
    botToken: `xoxb-fake-${secret()}`,
    appToken: `xapp-fake-${secret()}`,
    signingSecret: secret(),
    verificationToken: secret(),
  };
}
