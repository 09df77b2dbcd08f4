import type { Effect } from "./calls";
import { halfName } from "./phrases";

/** What reporters answered, per half year. Hidden is hidden, for everybody. */
export function Survey({ told }: { told: Effect }) {
  return (
    <section aria-labelledby="melders" class="stack stack--3">
      <h2 class="utrecht-heading-2" id="melders">
        Wat melders zeggen
      </h2>
      <p>
        Twee keer per jaar krijgt elke melder vier vragen. Niemand ziet wie wat antwoordde. Er staat
        pas iets als het half jaar voorbij is en minstens vijf mensen meededen.
      </p>
      {told.survey.length === 0 && <p>Er zijn nog geen antwoorden om te laten zien.</p>}
      {told.survey.map(({ half, questions }) => (
        <table key={half} class="utrecht-table effect__values">
          <caption class="effect__half">{halfName(half)}</caption>
          <thead>
            <tr>
              <th scope="col">Vraag en antwoord</th>
              <th scope="col" class="num">
                Aantal
              </th>
            </tr>
          </thead>
          {questions.map(({ question, total, choices }) => {
            const asked = told.questions.find(({ id }) => id === question);
            return (
              <tbody key={question}>
                <tr class="effect__question">
                  <th scope="rowgroup">{asked?.text ?? question}</th>
                  <td class="num">{shown(total)}</td>
                </tr>
                {choices.map(({ choice, count }) => (
                  <tr key={choice}>
                    <th scope="row">
                      {asked?.choices.find(({ id }) => id === choice)?.text ?? choice}
                      {total !== null && count !== null && <Bar share={count / total} />}
                    </th>
                    <td class="num">{shown(count)}</td>
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      ))}
    </section>
  );
}

const Bar = ({ share }: { share: number }) => (
  <svg class="effect__share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="effect__all" width="100" height="6" />
    <rect class="effect__bar" width={share * 100} height="6" />
  </svg>
);

const shown = (count: number | null) =>
  count ?? (
    <>
      <span aria-hidden="true">–</span>
      <span class="vh">verborgen</span>
    </>
  );
