// SPDX-License-Identifier: Apache-2.0
/** The few things that every panel does to the document. Text goes in as text, never as markup. */

/**
 * @param {string} id of an element that the page is known to have
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

/**
 * Builds an element.
 *
 * @param {string} tag
 * @param {Object<string, string|Function>} [attributes] `onclick` and the like take a function
 * @param {...(Node|string)} children strings become text
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Changes a text only if it is another: an unchanged one costs no layout and no announcement. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Sets or, with null, removes an attribute, only if that changes it. */
export function setAttribute(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/**
 * Calls a function in the next frame, but not more often than every so many milliseconds, however often it is asked for.
 *
 * @param {Function} draw
 * @param {number} [millis] what people do not notice
 * @returns {Function} asks for it
 */
export function atIntervals(draw, millis = 100) {
  let asked = false;
  let last = -Infinity;
  const drawNow = (now) => {
    asked = false;
    last = now;
    draw();
  };
  return () => {
    if (asked) return;
    asked = true;
    const wait = last + millis - performance.now();
    if (wait <= 0) requestAnimationFrame(drawNow);
    else setTimeout(() => requestAnimationFrame(drawNow), wait);
  };
}

/**
 * Calls a function when nobody has asked for it any more for a while.
 *
 * @param {Function} act
 * @param {number} millis
 * @returns {Function} asks for it
 */
export function afterPause(act, millis) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, millis);
  };
}
