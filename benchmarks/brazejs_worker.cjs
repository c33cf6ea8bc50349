// Renders and parses with brazejs for liquid_render.py: a line of JSON in, a line of JSON out.
// {"task": "text" | "render" | "parse", "template", "context", "times"} -> {"text"} | {"seconds"}
const Liquid = require(require.resolve("brazejs", { paths: [process.argv[2]] }));
const readline = require("readline");

const engine = new Liquid();

function cpuSeconds() {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
}

async function answer({ task, template, context, times }) {
  const parsed = engine.parse(template);
  if (task === "text") return { text: await engine.render(parsed, context) };
  const started = cpuSeconds();
  for (let round = 0; round < times; round++) {
    if (task === "render") await engine.render(parsed, context);
    else engine.parse(template);
  }
  return { seconds: cpuSeconds() - started };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  }
})();
