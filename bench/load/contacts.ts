const firstNames = [
  'Ana',
  'Bruno',
  'Carla',
  'Daniel',
  'Eduardo',
  'Fátima',
  'Gustavo',
  'Helena',
  'Inês',
  'João',
];
const middleNames = [
  'Maria',
  'Paulo',
  'Beatriz',
  'Luiz',
  'Clara',
  'Antônio',
  'Sofia',
  'Pedro',
  'Rosa',
  'Caio',
];
const lastNames = [
  'Souza',
  'Lima',
  'Reis',
  'Conceição',
  'Araújo',
  'Pereira',
  'Nunes',
  'Moraes',
  'Teixeira',
  'Gonçalves',
];

/** People with names of Brazil, each with another number; 1,000 combinations, then with a number behind the name. */
export function contactsOf(count: number): { phone: string; name: string }[] {
  const pick = (list: readonly string[], index: number) => list[index % list.length];
  return Array.from({ length: count }, (_, index) => ({
    phone: `55119${String(70_000_000 + index * 7)}`,
    name: `${pick(firstNames, index)} ${pick(middleNames, Math.floor(index / 10))} ${pick(lastNames, Math.floor(index / 100))} ${Math.floor(index / 1_000)}`,
  }));
}

/** What somebody types, letter by letter. */
export const typed = [
  'joão pau',
  'gonçalves',
  'beatriz',
  'helena sofia 3',
  '5511970',
  '98765',
  '+55 11 97',
  'nobody at all',
];
export const queries = typed.flatMap((text) => Array.from(text, (_, index) => text.slice(0, index + 1)));
