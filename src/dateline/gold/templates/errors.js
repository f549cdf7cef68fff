"use strict";
const boxes = [...document.querySelectorAll(".bar input")];
const show = () => {
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  for (const row of document.querySelectorAll("tr[data-kind]")) {
    row.hidden = !wanted.has(row.dataset.kind);
  }
  for (const item of document.querySelectorAll(".item")) {
    item.hidden = !item.querySelector("tr[data-kind]:not([hidden])");
  }
};
for (const box of boxes) box.addEventListener("change", show);
show();
