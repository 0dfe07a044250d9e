// Platformatic DB answers no sums by itself: these routes ask its database, as its documentation shows.
const SUMS = import('../contenders/questions.mjs');

module.exports = async (app) => {
  const { SQL } = await SUMS;
  const { db, sql } = app.platformatic;
  const asked = (text, values) =>
    sql`${text
      .split(/:(\w+)/)
      .reduce(
        (query, part, index) =>
          index % 2 === 0
            ? sql`${query}${sql.__dangerous__rawValue(part)}`
            : sql`${query}${values[part]}`,
        sql``,
      )}`;
  for (const name of Object.keys(SQL)) {
    app.get(`/sql/${name}`, async ({ query }) => ({
      data: await db.query(asked(SQL[name], query)),
    }));
  }
};
