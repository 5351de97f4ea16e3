//! Threads of our own with a large stack, on which alone Typst runs: never among rayon's workers, which would nest documents in one another.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Deeply nested content is laid out by recursion; memory is only taken for what is used.
const STACK: usize = 256 << 20;

/// No document of a reasonable site takes longer, even on a slow machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// Why a task gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// The engine panicked; the thread lives on.
    Panicked,
    /// The engine did not answer in time; its thread is left to itself.
    TooLong,
    /// The system gives no thread.
    NoThread,
}

type Answer = thread::Result<Box<dyn Any + Send>>;
type Task = Box<dyn FnOnce() -> Box<dyn Any + Send> + Send>;

struct Worker {
    tasks: Sender<Task>,
    answers: Receiver<Answer>,
}

/// The threads that wait for work: as many as callers ever were at once.
static IDLE: Mutex<Vec<Worker>> = Mutex::new(Vec::new());

/// Runs a task on a thread with a large stack and waits for its result.
pub fn run<T: Send + 'static>(task: impl FnOnce() -> T + Send + 'static) -> Result<T, Failed> {
    let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let worker = match idle {
        Some(worker) => worker,
        None => spawn().ok_or(Failed::NoThread)?,
    };
    worker.tasks.send(Box::new(move || Box::new(task()))).map_err(|_| Failed::NoThread)?;
    let answer = match worker.answers.recv_timeout(PATIENCE) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Timeout) => return Err(Failed::TooLong),
        Err(RecvTimeoutError::Disconnected) => return Err(Failed::Panicked),
    };
    IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    let value = answer.map_err(|_| Failed::Panicked)?;
    Ok(*value.downcast().expect("a task returns the type its caller asked for"))
}

fn spawn() -> Option<Worker> {
    let (tasks, todo) = channel::<Task>();
    let (done, answers) = channel();
    thread::Builder::new()
        .name("typst".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            // Typst splits its work with rayon: in a pool made of this very thread, it stays here.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
            for task in todo {
                let answer = catch_unwind(AssertUnwindSafe(task));
                if done.send(answer).is_err() {
                    break;
                }
            }
            drop(pool);
        })
        .ok()?;
    Some(Worker { tasks, answers })
}
