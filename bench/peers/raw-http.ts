import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

// The floor: Node's own server, Slack's signature, an empty answer.

const { SLACK_SIGNING_SECRET, PORT } = process.env;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature } = request.headers;
    const expected = createHmac('sha256', SLACK_SIGNING_SECRET ?? '')
      .update(`v0:${timestamp}:${Buffer.concat(chunks).toString()}`)
      .digest('hex');
    const given = Buffer.from(String(signature));
    const wanted = Buffer.from(`v0=${expected}`);
    const isSlack = given.length === wanted.length && timingSafeEqual(given, wanted);
    response.writeHead(isSlack ? 200 : 401).end();
  });
});
process.on('SIGTERM', () => process.exit(0));
server.listen(Number(PORT), '127.0.0.1');
