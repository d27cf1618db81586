/**
 * The database of version 0.2.0, as it was written down then, with a change in each state. For SQLite and for PostgreSQL,
 * except for `idType`, what ids are.
 */
export const sqlOf0001 = (idType: string) => `
create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null);
create table kysely_migration_lock (id varchar(255) not null primary key, is_locked integer default 0 not null);
insert into kysely_migration values ('0001-changes', '2026-11-24T12:00:00.000Z');
insert into kysely_migration_lock values ('migration_lock', 0);
create table changes (
  id ${idType} not null primary key, submission_id text not null, form_id text not null, instance text not null,
  setting text not null, visibility text not null, hide text, show_again text, hide_count integer not null,
  show_again_count integer not null, by_user text not null, channel text not null, reply_url text not null,
  tell_in text not null, undoes text, accepted_at_ms bigint not null, status text not null, claim text,
  lease_until_ms bigint, times_claimed integer not null, real_changes text, outcome text, failure text,
  not_on_the_list integer, ended_at_ms bigint, told text, told_at_ms bigint
);
create unique index changes_submission on changes (submission_id);
create index changes_history on changes (instance, id);
create index changes_queue on changes (instance, id) where status = 'accepted';
create index changes_form on changes (form_id) where status = 'accepted';
create index changes_telling on changes (tell_in, id) where status = 'ended';
create index changes_newest on changes (instance, setting, id) where (outcome is null or outcome in ('applied', 'unknown'));
create index changes_numbers on changes (accepted_at_ms) where hide is not null and hide_count + show_again_count > 0;
create index changes_reply_url on changes (accepted_at_ms) where reply_url <> '';
create table probe (id integer not null primary key, padding text not null);
insert into probe (id, padding) values (1, '');
insert into changes values
  ('000000000001', 's1', 'f1', 'padaria', 'last-seen', 'contacts-except', null, null, 2, 1, 'U0ANA', 'C0SHOP', '', 'C0TEAM',
   null, 1764000000001, 'told', null, null, 1, null, 'applied', null, null, 1764000001001, 'told', 1764000002001),
  ('000000000002', 's2', 'f2', 'padaria', 'last-seen', 'contacts-except', '["5511987654321"]', '[]', 1, 0, 'U0ANA', 'C0SHOP', '',
   'C0TEAM', null, 1764000000002, 'told', null, null, 1, '{"hide":["5511987654321"],"showAgain":[]}', 'unknown', 'timeout', 1,
   1764000001002, 'told', 1764000002002),
  ('000000000003', 's3', 'f3', 'padaria', 'last-seen', 'nobody', '[]', '[]', 0, 0, 'U0BEA', 'C0SHOP', 'https://reply.test/3',
   'C0TEAM', '000000000002', 1764000000003, 'ended', null, null, 1, null, 'applied', null, null, 1764000001003, null, null),
  ('000000000004', 's4', 'f4', 'padaria', 'last-seen', 'contacts-except', '["5511900000000"]', '[]', 1, 0, 'U0ANA', 'C0SHOP',
   'https://reply.test/4', 'C0TEAM', null, 1764000000004, 'accepted', null, null, 0, null, null, null, null, null, null, null);
`;
