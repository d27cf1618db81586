import { isObjectOf } from './incoming.ts';
import { isPhoneNumber } from './phone-number.ts';
import { badRequest, invalidPhone, jsonReply, refused, type Verdict } from './replies.ts';
import type { WhatsappAccount, WhatsappRegistry } from './types.ts';
import { createLookUp, type Registration } from './whatsapp-registry.ts';

// [doc]
const mostPhones = 50_000;

/** Judges the body of `POST /phone-exists-batch`. */
export function judgePhoneExistsBatch(
  body: unknown,
  account: WhatsappAccount,
  registry: WhatsappRegistry,
): Verdict {
  // Our strictness: the documented key and no other, at least one phone, and none that is no phone. What the real one
  // does is not known.
  if (!isObjectOf(body, ['phones']) || !Array.isArray(body.phones) || body.phones.length === 0)
    return { refusal: badRequest('Invalid phones') };
  if (body.phones.length > mostPhones) return { refusal: badRequest('Too many phones') };
  if (!body.phones.every(isPhoneNumber)) return { refusal: invalidPhone };

  const phones: string[] = body.phones;
  return {
    perform() {
      // Not known at the real one: it has to ask WhatsApp, so refused as the other reads are.
      if (!account.connected) return refused;
      const lookUp = createLookUp(registry);
      // [inferred] An entry for each phone, in their order.
      return jsonReply(
        200,
        phones.map((phone) => toWire(phone, lookUp(phone))),
      );
    },
  };
}

/**
 * Judges `GET /phone-exists/{phone}`. [doc] An array; [field] real clients read an object. Limit: the facts do not say
 * what is in it, so the keys are those of the batch [inferred].
 */
export function judgePhoneExists(
  phone: string,
  account: WhatsappAccount,
  registry: WhatsappRegistry,
  isObject: boolean,
): Verdict {
  if (!isPhoneNumber(phone)) return { refusal: invalidPhone };
  return {
    perform() {
      if (!account.connected) return refused;
      const entry = toWire(phone, createLookUp(registry)(phone));
      return jsonReply(200, isObject ? entry : [entry]);
    },
  };
}

function toWire(inputPhone: string, registration: Registration | undefined) {
  // [doc] lid is null when it does not exist. [inferred] outputPhone is then the phone as it was asked for.
  if (registration === undefined) return { exists: false, inputPhone, outputPhone: inputPhone, lid: null };
  return { exists: true, inputPhone, outputPhone: registration.phone, lid: registration.lid };
}
