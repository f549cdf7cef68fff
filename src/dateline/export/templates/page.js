"use strict";
for (const report of document.querySelectorAll(".report")) {
  const marks = [...report.querySelectorAll(".m")];
  const cards = [...report.querySelectorAll(".claim")];
  const numbers = [...report.querySelectorAll(".words .n")];
  let pinned = null;

  const light = (chosen) => {
    report.classList.toggle("lit", chosen.length > 0);
    for (const mark of marks) {
      mark.classList.toggle("on", mark.dataset.claims.split(" ").some((n) => chosen.includes(n)));
    }
    for (const card of cards) card.classList.toggle("on", chosen.includes(card.dataset.claim));
    for (const number of numbers) number.classList.toggle("on", chosen.includes(number.textContent));
  };
  const rest = () => light(pinned === null ? [] : [pinned]);
  const pin = (number) => { pinned = number; rest(); };
  const near = (element) => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element?.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  };

  for (const card of cards) {
    const number = card.dataset.claim;
    const trigger = numbers.find((each) => each.textContent === number);
    card.addEventListener("mouseenter", () => light([number]));
    card.addEventListener("mouseleave", rest);
    card.addEventListener("focusin", () => pin(number));
    card.addEventListener("click", (event) => {
      pin(number);
      if (!event.target.closest("details, a") && matchMedia("(min-width: 56rem)").matches) near(trigger);
    });
  }
  for (const mark of marks) {
    const held = mark.dataset.claims.split(" ");
    mark.addEventListener("mouseover", (event) => { event.stopPropagation(); light(held); });
    mark.addEventListener("mouseout", rest);
    mark.addEventListener("click", (event) => {
      event.stopPropagation();
      const card = cards.find((each) => each.dataset.claim === held[0]);
      pin(held[0]);
      near(card);
    });
  }
  for (const number of numbers) {
    number.addEventListener("focus", () => light([number.textContent]));
    number.addEventListener("blur", rest);
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") pin(null); });
}
