/** The acceptance catalogue: what the system has promised to do, as tests that drive the real programs through the front
 *  door, each a process of its own over real sockets and a real database. The letter says what about, the number goes
 *  from simple to complex:
 *
 *  <pre>
 *  A  one tap                 B  off-line, late, killed  C  transfers and caps     D  loads and refunds
 *  E  lost cards              F  closing the day         G  bank files             H  all together
 *  K  keys
 *  </pre> */
package cn.onecard.acceptance;
