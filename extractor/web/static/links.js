// A finding drawn: a rail beside the text, and from it a line under the text to each figure involved.
import { svg } from "./dom.js";

const RAIL = 9; // from the left edge of the text's box
const DROP = 3; // below the letters

export function drawLinks(box, layer, figures, verdict) {
  layer.replaceChildren();
  layer.setAttribute("class", `links v-${verdict}`);
  const frame = box.getBoundingClientRect();
  layer.setAttribute("width", frame.width);
  layer.setAttribute("height", frame.height);
  box.classList.add(`v-${verdict}`);
  const points = figures.map((figure) => foot(figure, frame)).filter(Boolean);
  if (points.length < 2) return;
  const heights = points.map((point) => point.y);
  const top = Math.min(...heights);
  const bottom = Math.max(...heights);
  layer.append(svg("path", { d: `M ${RAIL} ${top} V ${bottom}`, class: "rail" }));
  points.forEach((point, i) => {
    layer.append(svg("path", { d: `M ${RAIL} ${point.y} H ${point.x}` }));
    layer.append(svg("circle", { cx: RAIL, cy: point.y, r: i === 0 ? 4.5 : 2.5 }), svg("circle", { cx: point.x, cy: point.y, r: 3 }));
  });
}

function foot(figure, frame) {
  const line = figure?.getClientRects()[0];
  return line ? { x: line.left - frame.left + line.width / 2, y: line.bottom - frame.top + DROP } : null;
}
