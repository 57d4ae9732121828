const url = `${process.env.API}/_test/blank`;
export default { test: { environmentOptions: { happyDOM: { url }, jsdom: { url } } } };
