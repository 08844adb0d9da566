// Every route handler and server action with who may call it. One that is not named here fails
// access-matrix.test.ts, which also tries each as everybody.
// `[step=take]` is one value of a parameter; without one it is tried with a number that is nobody's.
// `open`: without a session. `person`: anybody signed in. Otherwise the permission that its command asks for.
export const routes = `
GET   api/audit/export                          audit.view
GET   api/auth/[...nextauth]                    open
POST  api/auth/[...nextauth]                    open
GET   api/images/[id]                           images.view
HEAD  api/images/[id]                           images.view
GET   api/images/[id]/details                   images.view
GET   api/images/[id]/full                      images.view
GET   api/images/[id]/thumbnail                 images.view
HEAD  api/images/[id]/thumbnail                 images.view
GET   api/images/keys                           images.view
GET   api/images/list                           images.view
GET   api/imports/[id]                          datasets.import
GET   api/imports/[id]/rejected                 datasets.import
GET   api/labels/[id]                           labels.export
GET   api/reading/overlays/[item]/[image]       reading.read
POST  api/reading/[step=take]                   reading.read
POST  api/reading/[step=draft]                  reading.read
POST  api/reading/[step=heartbeat]              reading.read
POST  api/reading/[step=leave]                  reading.read
POST  api/reading/[step=submit]                 reading.read
POST  api/reading/[step=skip]                   reading.read
POST  api/reading/[step=undo]                   reading.read
POST  api/reading/[step=progress]               reading.read
POST  api/reading/[step=take-case]              reading.adjudicate
POST  api/reading/[step=keep-case]              reading.adjudicate
POST  api/reading/[step=leave-case]             reading.adjudicate
POST  api/reading/[step=adjudicate]             reading.adjudicate
POST  api/reading/[step=undo-adjudication]      reading.adjudicate
GET   api/quarantine/[id]                       quarantine.decide
GET   api/quarantine/[id]/every-value           quarantine.decide
GET   api/quarantine/[id]/thumbnail             quarantine.decide
GET   api/running                               datasets.view
GET   api/runs/[id]/events                      training.view
GET   api/runs/[id]/predictions                 models.view
GET   api/runs/[id]/saliency/[image]            models.view
GET   api/runs/[id]/saliency/[image]/overlay    models.view
GET   api/search                                person
GET   api/splits/[id]/export                    splits.view
GET   api/sweeps/[id]/export                    training.view
POST  api/uploads                               datasets.import
GET   api/uploads/[id]                          datasets.import
PUT   api/uploads/[id]                          datasets.import
DELETE api/uploads/[id]                         datasets.import
GET   livez                                     open
GET   readyz                                    open
`;

export const actions = `
(auth)/invite/[token]/actions.ts        takeUpInvitation    open
(workbench)/_shell/actions.ts           rememberTheme       person
(workbench)/_shell/actions.ts           rememberRail        person
(workbench)/_shell/actions.ts           changeOwnPassword   person
(workbench)/_shell/actions.ts           leaveEverywhere     person
(workbench)/admin/audit/actions.ts      verifyAudit         audit.view
(workbench)/admin/people/actions.ts     invite              people.manage
(workbench)/admin/people/actions.ts     changeRole          people.manage
(workbench)/admin/people/actions.ts     setDisabled         people.manage
(workbench)/cohorts/_checks/actions.ts  check               training.launch
(workbench)/cohorts/actions.ts          preview             cohorts.manage
(workbench)/cohorts/actions.ts          create              cohorts.manage
(workbench)/cohorts/actions.ts          divide              splits.manage
(workbench)/datasets/import/actions.ts  start               datasets.import
(workbench)/datasets/import/actions.ts  repeat              datasets.import
(workbench)/datasets/quarantine/actions.ts  clear           quarantine.decide
(workbench)/datasets/quarantine/actions.ts  reject          quarantine.decide
(workbench)/labels/actions.ts           freeze              labels.freeze
(workbench)/labels/vocabulary/actions.ts  explain           vocabulary.manage
(workbench)/labels/vocabulary/actions.ts  confirm           vocabulary.manage
(workbench)/models/[runId]/errors/actions.ts  send          worklists.manage
(workbench)/reading/actions.ts          makeWorklist        worklists.manage
(workbench)/reading/actions.ts          changeWorklist      worklists.manage
(workbench)/reading/actions.ts          previewForm         worklists.manage
(workbench)/reading/actions.ts          setStatus           worklists.manage
(workbench)/reading/actions.ts          giveBack            worklists.manage
(workbench)/reading/actions.ts          unflag              worklists.manage
(workbench)/reading/keys/actions.ts     saveKeys            reading.read
(workbench)/splits/actions.ts           mend                splits.manage
(workbench)/training/actions.ts         launch              training.launch
(workbench)/training/actions.ts         cancel              training.launch
(workbench)/training/sweeps/actions.ts  startSweep          training.launch
(workbench)/training/sweeps/actions.ts  endSweep            training.launch
(workbench)/training/sweeps/actions.ts  promote             training.launch
(workbench)/training/actions.ts         bring               weights.import
`;
